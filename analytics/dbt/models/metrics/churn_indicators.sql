with gaps as (
    select
        *,
        as_of - last_order_date as days_since_order,
        case
            when order_days >= 2
                then round((last_order_date - first_order_date) / cast(order_days - 1 as numeric), 1)
        end as usual_gap_days
    from {{ ref("int_customers_summarised") }}
    where as_of = {{ as_of() }}
)

select
    customer_id,
    first_order_date,
    last_order_date,
    orders,
    order_days,
    days_since_order,
    cast(usual_gap_days as numeric(8, 1)) as usual_gap_days,
    net_last_90,
    net_90_before,
    cast(net_last_90 - net_90_before as numeric(18, 2)) as spend_change,
    days_since_order >= {{ var("at_risk_days") }} as at_risk,
    order_days >= 3
    and days_since_order * (order_days - 1) > {{ var("late_factor") }} * (last_order_date - first_order_date) as late_for_them,
    as_of
from gaps
