-- Made anew each time: of an order that is changed, uses may go.
select
    uses.order_id,
    uses.promotion_id,
    uses.name,
    uses.code,
    uses.kind,
    orders.customer_id,
    orders.order_date,
    uses.amount,
    orders.is_cancelled
from {{ ref("stg_shop__promotion_uses") }} as uses
inner join {{ ref("fct_orders") }} as orders on orders.order_id = uses.order_id
