{% set weekdays = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"] %}

with trends as (
    select * from {{ ref("sales_trends") }} where dimension = 'store'
),

spans as (
    select span, first_day, last_day, is_complete, member as store_id, orders, units, net
    from trends
    union all
    select
        'all',
        min(first_day),
        max(last_day),
        true,
        member,
        sum(orders),
        sum(units),
        sum(net)
    from trends
    where span = 'day'
    group by member
),

opened as (
    select
        spans.span,
        spans.first_day,
        spans.store_id,
        count(*) as open_days
    from spans
    inner join {{ ref("dim_stores") }} as stores on stores.store_id = spans.store_id
    inner join {{ ref("dim_dates") }} as dates
        on
            dates.date_day >= greatest(spans.first_day, stores.first_order_date)
            and dates.date_day <= least(spans.last_day, {{ as_of() }})
            and case dates.weekday
                {% for weekday in weekdays -%}
                when {{ loop.index }} then stores.open_{{ weekday }}
                {% endfor %}
            end
    group by spans.span, spans.first_day, spans.store_id
),

ranked as (
    select
        spans.*,
        coalesce(opened.open_days, 0) as open_days,
        rank() over of_period as revenue_rank,
        rank() over (
            partition by spans.span, spans.first_day, opened.open_days is null order by spans.net
        ) as rank_from_below
    from spans
    left join opened
        on
            opened.span = spans.span
            and opened.first_day = spans.first_day
            and opened.store_id = spans.store_id
    window of_period as (
        partition by spans.span, spans.first_day, opened.open_days is null order by spans.net desc
    )
)

select
    span,
    first_day,
    last_day,
    is_complete,
    store_id,
    cast(orders as bigint) as orders,
    cast(units as bigint) as units,
    cast(net as numeric(18, 2)) as net,
    cast(revenue_rank as integer) as revenue_rank,
    cast(case when orders > 0 then round(net / orders, 2) end as numeric(18, 2)) as average_order,
    cast(open_days as integer) as open_days,
    cast(case when open_days > 0 then round(orders / cast(open_days as numeric), 2) end as numeric(12, 2))
        as orders_per_open_day,
    cast(case when open_days > 0 then round(7 * orders / cast(open_days as numeric), 2) end as numeric(12, 2))
        as orders_per_open_week,
    revenue_rank = 1 and orders > 0 as is_best,
    rank_from_below = 1 and revenue_rank > 1 and open_days > 0 as is_worst
from ranked
