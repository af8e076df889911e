with orders as (
    select
        customer_id,
        is_loyal,
        order_date,
        net
    from {{ ref("fct_orders") }}
    where not is_cancelled and order_date <= {{ as_of() }}
),

-- Somebody who joined counts on both sides, each with the orders made there.
customers as (
    select
        is_loyal,
        customer_id,
        count(*) as orders,
        count(distinct order_date) as order_days,
        sum(net) as net,
        ({{ as_of() }} - min(order_date)) / 30.4375 as months
    from orders
    group by is_loyal, customer_id
),

arms as (
    select
        is_loyal,
        count(*) as customers,
        sum(orders) as orders,
        sum(net) as net,
        sum(greatest(months, 1)) as active_months,
        count(*) filter (where order_days >= 2) as repeaters
    from customers
    group by is_loyal
)

select
    sides.side,
    coalesce(arms.customers, 0) as customers,
    cast(coalesce(arms.orders, 0) as bigint) as orders,
    cast(coalesce(arms.net, 0) as numeric(14, 2)) as net,
    cast(round(arms.net / arms.orders, 2) as numeric(14, 2)) as average_order,
    cast(round(arms.active_months, 1) as numeric(14, 1)) as active_months,
    cast(round(arms.orders / arms.active_months, 4) as numeric(12, 4)) as orders_per_active_month,
    cast(round(arms.repeaters / cast(arms.customers as numeric), 4) as numeric(12, 4)) as repeat_rate,
    cast(round(arms.net / arms.customers, 2) as numeric(14, 2)) as clv,
    cast(round(arms.net / arms.active_months, 2) as numeric(14, 2)) as clv_per_active_month,
    coalesce(arms.orders, 0) >= {{ var("fewest") }} as is_enough,
    {{ as_of() }} as as_of
from (values ('members', true), ('others', false)) as sides (side, is_loyal)
left join arms on arms.is_loyal = sides.is_loyal
