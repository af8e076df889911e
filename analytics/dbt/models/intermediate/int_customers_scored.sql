-- Scores from 1 to 5 of all who had ordered by then; those who tie share a score.
select
    as_of,
    customer_id,
    as_of - last_order_date as recency_days,
    order_days,
    net,
    net_last_365,
    {{ score("last_order_date") }} as recency_score,
    {{ score("order_days") }} as frequency_score,
    {{ score("net") }} as monetary_score
from {{ ref("int_customers_summarised") }}
