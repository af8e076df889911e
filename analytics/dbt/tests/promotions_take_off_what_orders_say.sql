{{ config(description="Orders of which promotions took off more than their discount, though nothing was written since.") }}

select uses.order_id
from {{ ref("fct_promotion_uses") }} as uses
inner join {{ ref("fct_orders") }} as facts on facts.order_id = uses.order_id
inner join {{ ref("stg_shop__orders") }} as orders
    on orders.order_id = facts.order_id and orders.updated_at = facts.updated_at
group by uses.order_id, facts.discount
having sum(uses.amount) > facts.discount
