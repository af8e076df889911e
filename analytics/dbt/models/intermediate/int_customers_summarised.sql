-- What each customer had bought by the end of each of the days that are compared. Only the last is added up; the others,
-- which are at most two months before it, are that less what came since, so that old orders need not be read again.
with params as (
    select {{ as_of() }} as last_day
),

totals as (
    select * from {{ ref("int_customer_totals") }} where side = 'all' and orders > 0
),

recent as (
    select orders.customer_id, orders.order_date, count(*) as orders, sum(orders.net) as net
    from {{ ref("fct_orders") }} as orders
    cross join params
    where
        not orders.is_cancelled
        and orders.order_date <= params.last_day
        and orders.order_date > params.last_day - 365 - 62
    group by orders.customer_id, orders.order_date
),

this_year as (
    select
        recent.customer_id,
        sum(recent.net) filter (where recent.order_date > params.last_day - 90) as net_last_90,
        sum(recent.net) filter (
            where recent.order_date > params.last_day - 180 and recent.order_date <= params.last_day - 90
        ) as net_90_before,
        sum(recent.net) filter (where recent.order_date > params.last_day - 365) as net_last_365
    from recent
    cross join params
    group by recent.customer_id
),

-- For each of the days: what came after it, and what was in its year and is not in that of the last day.
tails as (
    select
        dates.as_of,
        recent.customer_id,
        sum(recent.orders) filter (where recent.order_date > dates.as_of) as orders_after,
        count(*) filter (where recent.order_date > dates.as_of) as days_after,
        sum(recent.net) filter (where recent.order_date > dates.as_of) as net_after,
        sum(recent.net) filter (where recent.order_date <= params.last_day - 365) as net_year_before
    from recent
    cross join params
    inner join {{ ref("int_segment_dates") }} as dates
        on
            recent.order_date > dates.as_of
            or (recent.order_date > dates.as_of - 365 and recent.order_date <= params.last_day - 365)
    group by dates.as_of, recent.customer_id
),

joined as (
    select
        dates.as_of,
        params.last_day,
        totals.customer_id,
        totals.first_order_date,
        totals.order_days - coalesce(tails.days_after, 0) as order_days,
        totals.orders - coalesce(tails.orders_after, 0) as orders,
        totals.net - coalesce(tails.net_after, 0) as net,
        totals.last_order_date,
        coalesce(this_year.net_last_90, 0) as net_last_90,
        coalesce(this_year.net_90_before, 0) as net_90_before,
        coalesce(this_year.net_last_365, 0) - coalesce(tails.net_after, 0) + coalesce(tails.net_year_before, 0)
            as net_last_365
    from totals
    cross join params
    inner join {{ ref("int_segment_dates") }} as dates on dates.as_of >= totals.first_order_date
    left join tails on tails.customer_id = totals.customer_id and tails.as_of = dates.as_of
    left join this_year on this_year.customer_id = totals.customer_id
)

select
    joined.as_of,
    joined.customer_id,
    joined.first_order_date,
    case
        when joined.last_order_date <= joined.as_of then joined.last_order_date
        else (
            select max(orders.order_date)
            from {{ ref("fct_orders") }} as orders
            where
                orders.customer_id = joined.customer_id
                and orders.order_date <= joined.as_of
                and not orders.is_cancelled
        )
    end as last_order_date,
    joined.order_days,
    cast(joined.orders as bigint) as orders,
    cast(joined.net as numeric(18, 2)) as net,
    cast(case when joined.as_of = joined.last_day then joined.net_last_90 end as numeric(18, 2)) as net_last_90,
    cast(case when joined.as_of = joined.last_day then joined.net_90_before end as numeric(18, 2)) as net_90_before,
    cast(joined.net_last_365 as numeric(18, 2)) as net_last_365
from joined
