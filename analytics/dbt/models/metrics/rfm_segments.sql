select
    customer_id,
    recency_days,
    order_days,
    net,
    recency_score,
    frequency_score,
    monetary_score,
    {{ segment("recency_score", "frequency_score", "monetary_score") }} as segment,
    as_of
from {{ ref("int_customers_scored") }}
where as_of = {{ as_of() }}
