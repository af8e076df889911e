-- What each customer had bought by the end of each of those days; cancelled orders are left out.
select
    dates.as_of,
    days.customer_id,
    min(days.order_date) as first_order_date,
    max(days.order_date) as last_order_date,
    count(*) as order_days,
    cast(sum(days.orders) as bigint) as orders,
    cast(sum(days.net) as numeric(14, 2)) as net,
    cast(coalesce(sum(days.net) filter (where days.order_date > dates.as_of - 90), 0) as numeric(14, 2)) as net_last_90,
    cast(
        coalesce(
            sum(days.net) filter (where days.order_date > dates.as_of - 180 and days.order_date <= dates.as_of - 90), 0
        ) as numeric(14, 2)
    ) as net_90_before,
    cast(
        coalesce(sum(days.net) filter (where days.order_date > dates.as_of - 365), 0) as numeric(14, 2)
    ) as net_last_365,
    cast(
        {% if var("clv_window_months") -%}
            coalesce(
                sum(days.net) filter (
                    where days.order_date > dates.as_of - interval '{{ var("clv_window_months") }} months'
                ), 0
            )
        {%- else -%}
            sum(days.net)
        {%- endif %} as numeric(14, 2)
    ) as lifetime_net
from {{ ref("int_customer_days") }} as days
inner join {{ ref("int_segment_dates") }} as dates on days.order_date <= dates.as_of
where days.orders > 0
group by dates.as_of, days.customer_id
