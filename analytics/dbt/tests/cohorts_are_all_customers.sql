{{ config(description="Months later in which the cohorts that reach so far are not whole, or in which more came back than began.") }}

select cohort
from {{ ref("cohort_retention") }}
where ordered > customers or (months_later = 0 and ordered <> customers)

union all

select min(as_of) as cohort
from (
    select
        as_of,
        customers
    from {{ ref("cohort_retention") }}
    where months_later = 0
) as cohorts
having coalesce(sum(customers), 0) <> (select count(*) from {{ ref("dim_customers") }} where orders > 0)
