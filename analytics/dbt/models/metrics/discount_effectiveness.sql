-- All time is what customers' totals come to; of the last days the orders themselves are read.
with recent as (
    select
        case when is_discounted then 'discounted' else 'full price' end as side,
        customer_id,
        order_date,
        gross,
        discount,
        net,
        margin
    from {{ ref("fct_orders") }}
    where not is_cancelled and order_date <= {{ as_of() }} and order_date > {{ as_of() }} - 90
),

arms as (
    select
        'all' as span,
        side,
        sum(orders) as orders,
        count(*) as customers,
        sum(gross) as gross,
        sum(discount) as discount,
        sum(net) as net,
        sum(margin) as margin
    from {{ ref("int_customer_totals") }}
    where side in ('discounted', 'full price')
    group by side
    {% for days in [90, 28] %}
    union all
    select
        '{{ days }} days',
        side,
        count(*),
        count(distinct customer_id),
        sum(gross),
        sum(discount),
        sum(net),
        sum(margin)
    from recent
    where order_date > {{ as_of() }} - {{ days }}
    group by side
    {% endfor %}
)

select
    spans.span,
    sides.side,
    cast(coalesce(arms.orders, 0) as bigint) as orders,
    coalesce(arms.customers, 0) as customers,
    cast(coalesce(arms.gross, 0) as numeric(18, 2)) as gross,
    cast(coalesce(arms.discount, 0) as numeric(18, 2)) as discount,
    cast(coalesce(arms.net, 0) as numeric(18, 2)) as net,
    cast(coalesce(arms.margin, 0) as numeric(18, 2)) as margin,
    cast(round(arms.net / arms.orders, 2) as numeric(18, 2)) as average_order,
    cast(round(arms.margin / arms.orders, 2) as numeric(18, 2)) as average_margin,
    cast(case when arms.net > 0 then round(arms.margin / arms.net, 4) end as numeric(20, 4)) as margin_share,
    coalesce(arms.orders, 0) >= {{ var("fewest") }} as is_enough,
    {{ as_of() }} as as_of
from (values ('all'), ('90 days'), ('28 days')) as spans (span)
cross join (values ('discounted'), ('full price')) as sides (side)
left join arms on arms.span = spans.span and arms.side = sides.side
