{% set months = 36 %}

-- The last days of the months that are over, and of the one before them.
with ends as (
    select cast(day as date) - 1 as last_day
    from
        generate_series(
            cast(date_trunc('month', {{ as_of() }} + 1) - interval '{{ months }} months' as timestamp),
            cast(date_trunc('month', {{ as_of() }} + 1) as timestamp),
            interval '1 month'
        ) as day
),

-- Who is active at which of them.
active as (
    select distinct
        ends.last_day,
        orders.customer_id
    from ends
    inner join {{ ref("fct_orders") }} as orders
        on orders.order_date <= ends.last_day and orders.order_date > ends.last_day - {{ var("at_risk_days") }}
    where not orders.is_cancelled
)

select
    began.last_day + 1 as first_day,
    count(*) as active_at_start,
    count(*) filter (where stayed.customer_id is null) as lost,
    cast(round(count(*) filter (where stayed.customer_id is null) / cast(count(*) as numeric), 4) as numeric(5, 4)) as churn_rate
from active as began
left join active as stayed
    on
        stayed.customer_id = began.customer_id
        and stayed.last_day = cast(date_trunc('month', began.last_day + 1) + interval '1 month' as date) - 1
where began.last_day < (select max(ends.last_day) from ends)
group by began.last_day
