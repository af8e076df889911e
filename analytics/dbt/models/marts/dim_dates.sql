with bounds as (
    select
        coalesce(min(order_date), {{ as_of() }}) as first_day,
        greatest(coalesce(max(order_date), {{ as_of() }}), {{ as_of() }}) + 366 as last_day
    from {{ ref("fct_orders") }}
),

days as (
    select cast(generated as date) as date_day
    from bounds
    cross join lateral generate_series(bounds.first_day, bounds.last_day, interval '1 day') as generated
)

select
    days.date_day,
    cast(extract(isoyear from days.date_day) as integer) as iso_year,
    cast(extract(week from days.date_day) as integer) as iso_week,
    {{ first_day("week", "days.date_day") }} as first_day_of_week,
    cast(extract(year from days.date_day) as integer) as year,
    cast(extract(quarter from days.date_day) as integer) as quarter,
    cast(extract(month from days.date_day) as integer) as month,
    {{ first_day("month", "days.date_day") }} as first_day_of_month,
    cast(extract(isodow from days.date_day) as integer) as weekday,
    extract(isodow from days.date_day) >= 6 as is_weekend,
    holidays.holiday is not null as is_holiday,
    holidays.holiday
from days
left join {{ ref("stg_raw__holidays") }} as holidays on holidays.date_day = days.date_day
