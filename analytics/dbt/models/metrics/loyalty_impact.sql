-- Somebody who joined counts on both sides, each with the orders made there, and with the months until the other began.
with customers as (
    select
        *,
        coalesce(
            case when first_order_date < other_began then other_began end, {{ as_of() }}
        ) - first_order_date as days
    from (
        select
            *,
            max(first_order_date) over (partition by customer_id) as other_began
        from {{ ref("int_customer_totals") }}
        where side in ('members', 'others')
    ) as sides
),

arms as (
    select
        side,
        count(*) as customers,
        sum(orders) as orders,
        sum(net) as net,
        sum(greatest(days / 30.4375, 1)) as active_months,
        count(*) filter (where order_days >= 2) as repeaters
    from customers
    group by side
)

select
    sides.side,
    coalesce(arms.customers, 0) as customers,
    cast(coalesce(arms.orders, 0) as bigint) as orders,
    cast(coalesce(arms.net, 0) as numeric(18, 2)) as net,
    cast(round(arms.net / arms.orders, 2) as numeric(18, 2)) as average_order,
    cast(round(arms.active_months, 1) as numeric(18, 1)) as active_months,
    cast(round(arms.orders / arms.active_months, 4) as numeric(20, 4)) as orders_per_active_month,
    cast(round(arms.repeaters / cast(arms.customers as numeric), 4) as numeric(20, 4)) as repeat_rate,
    cast(round(arms.net / arms.customers, 2) as numeric(18, 2)) as clv,
    cast(round(arms.net / arms.active_months, 2) as numeric(18, 2)) as clv_per_active_month,
    coalesce(arms.orders, 0) >= {{ var("fewest") }} as is_enough,
    {{ as_of() }} as as_of
from (values ('members'), ('others')) as sides (side)
left join arms on arms.side = sides.side
