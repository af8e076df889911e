-- What each customer had bought by the end of each of the days that are compared. Only the last is added up; the others,
-- which are at most two months before it, are that less what came since, so that old orders need not be read again.
with orders as not materialized (
    select customer_id, order_date, net from {{ ref("fct_orders") }} where not is_cancelled
),

this_year as (
    select
        customer_id,
        sum(net) filter (where order_date > {{ as_of() }} - 90) as net_last_90,
        sum(net) filter (
            where order_date > {{ as_of() }} - 180 and order_date <= {{ as_of() }} - 90
        ) as net_90_before,
        sum(net) as net_last_365
    from orders
    where order_date <= {{ as_of() }} and order_date > {{ as_of() }} - 365
    group by customer_id
),

-- For each of the days: what came after it, and what was in its year and is not in that of the last day.
tails as (
    select
        dates.as_of,
        recent.customer_id,
        count(*) filter (where recent.order_date > dates.as_of) as orders_after,
        count(distinct recent.order_date) filter (where recent.order_date > dates.as_of) as days_after,
        sum(recent.net) filter (where recent.order_date > dates.as_of) as net_after,
        sum(recent.net) filter (where recent.order_date <= {{ as_of() }} - 365) as net_year_before
    from (
        select * from orders where order_date <= {{ as_of() }} and order_date > {{ as_of() }} - 62
        union all
        select * from orders where order_date <= {{ as_of() }} - 365 and order_date > {{ as_of() }} - 365 - 62
    ) as recent
    inner join {{ ref("int_segment_dates") }} as dates
        on
            recent.order_date > dates.as_of
            or (recent.order_date > dates.as_of - 365 and recent.order_date <= {{ as_of() }} - 365)
    group by dates.as_of, recent.customer_id
)

select
    dates.as_of,
    totals.customer_id,
    totals.first_order_date,
    case
        when totals.last_order_date <= dates.as_of then totals.last_order_date
        else (
            select max(orders.order_date)
            from orders
            where orders.customer_id = totals.customer_id and orders.order_date <= dates.as_of
        )
    end as last_order_date,
    totals.order_days - coalesce(tails.days_after, 0) as order_days,
    cast(totals.orders - coalesce(tails.orders_after, 0) as bigint) as orders,
    cast(totals.net - coalesce(tails.net_after, 0) as numeric(18, 2)) as net,
    cast(case when dates.as_of = {{ as_of() }} then coalesce(this_year.net_last_90, 0) end as numeric(18, 2)) as net_last_90,
    cast(case when dates.as_of = {{ as_of() }} then coalesce(this_year.net_90_before, 0) end as numeric(18, 2))
        as net_90_before,
    cast(
        coalesce(this_year.net_last_365, 0) - coalesce(tails.net_after, 0) + coalesce(tails.net_year_before, 0)
        as numeric(18, 2)
    ) as net_last_365
from {{ ref("int_customer_totals") }} as totals
inner join {{ ref("int_segment_dates") }} as dates on dates.as_of >= totals.first_order_date
left join tails on tails.customer_id = totals.customer_id and tails.as_of = dates.as_of
left join this_year on this_year.customer_id = totals.customer_id
where totals.side = 'all' and totals.orders > 0
