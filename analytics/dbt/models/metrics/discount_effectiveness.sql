with orders as (
    select
        is_discounted,
        customer_id,
        order_date,
        gross,
        discount,
        net,
        margin
    from {{ ref("fct_orders") }}
    where not is_cancelled and order_date <= {{ as_of() }}
),

windows as (
    select 'all' as span, cast(null as date) as since
    union all
    select '90 days', {{ as_of() }} - 89
    union all
    select '28 days', {{ as_of() }} - 27
),

arms as (
    select
        windows.span,
        orders.is_discounted,
        count(*) as orders,
        count(distinct orders.customer_id) as customers,
        sum(orders.gross) as gross,
        sum(orders.discount) as discount,
        sum(orders.net) as net,
        sum(orders.margin) as margin
    from windows
    inner join orders on windows.since is null or orders.order_date >= windows.since
    group by windows.span, orders.is_discounted
)

select
    windows.span,
    sides.side,
    coalesce(arms.orders, 0) as orders,
    coalesce(arms.customers, 0) as customers,
    cast(coalesce(arms.gross, 0) as numeric(14, 2)) as gross,
    cast(coalesce(arms.discount, 0) as numeric(14, 2)) as discount,
    cast(coalesce(arms.net, 0) as numeric(14, 2)) as net,
    cast(coalesce(arms.margin, 0) as numeric(14, 2)) as margin,
    cast(round(arms.net / arms.orders, 2) as numeric(14, 2)) as average_order,
    cast(round(arms.margin / arms.orders, 2) as numeric(14, 2)) as average_margin,
    cast(case when arms.net > 0 then round(arms.margin / arms.net, 4) end as numeric(12, 4)) as margin_share,
    coalesce(arms.orders, 0) >= {{ var("fewest") }} as is_enough,
    {{ as_of() }} as as_of
from windows
cross join (values ('discounted', true), ('full price', false)) as sides (side, is_discounted)
left join arms on arms.span = windows.span and arms.is_discounted = sides.is_discounted
