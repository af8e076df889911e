-- Of each month's new customers, who ordered in which month after it. Months in which nobody did are rows of zeros.
with bought as (
    select
        customer_id,
        {{ first_day("month", "order_date") }} as first_day,
        sum(net) as net
    from {{ ref("fct_orders") }}
    where
        not is_cancelled
        and order_date <= {{ as_of() }}
    group by 1, 2
),

begun as (
    select
        customer_id,
        min(first_day) as cohort
    from bought
    group by customer_id
),

cohorts as (
    select
        cohort,
        count(*) as customers
    from begun
    group by cohort
),

months as (
    select
        first_day_of_month as first_day,
        {{ last_day("month", "first_day_of_month") }} <= {{ as_of() }} as is_complete,
        year * 12 + month as number
    from {{ ref("dim_dates") }}
    where first_day_of_month <= {{ as_of() }}
    group by 1, 2, 3
),

ordered as (
    select
        begun.cohort,
        bought.first_day,
        count(*) as customers,
        sum(bought.net) as net
    from bought
    inner join begun on begun.customer_id = bought.customer_id
    group by 1, 2
)

select
    cohorts.cohort,
    cast(months.number - began.number as integer) as months_later,
    months.is_complete,
    cohorts.customers,
    coalesce(ordered.customers, 0) as ordered,
    cast(round(coalesce(ordered.customers, 0) / cast(cohorts.customers as numeric), 4) as numeric(20, 4)) as share,
    cast(coalesce(ordered.net, 0) as numeric(18, 2)) as net,
    {{ as_of() }} as as_of
from cohorts
inner join months as began on began.first_day = cohorts.cohort
inner join months on months.first_day >= cohorts.cohort
left join ordered on ordered.cohort = cohorts.cohort and ordered.first_day = months.first_day
