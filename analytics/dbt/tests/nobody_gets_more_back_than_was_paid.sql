{{ config(description="Orders of which more went back to the customer than was paid for them, or more pieces than there were.") }}

with returned as (
    select
        order_id,
        sum(refunded) as refunded,
        sum(units) filter (where kind = 'return' and is_settled) as units
    from {{ ref("fct_returns") }}
    group by order_id
)

select orders.order_id
from returned
inner join {{ ref("fct_orders") }} as orders on orders.order_id = returned.order_id
where returned.refunded > orders.net or returned.units > orders.units
