select
    as_of,
    customer_id,
    {{ segment("recency_score", "frequency_score", "monetary_score") }} as segment,
    net_last_365
from {{ ref("int_customers_scored") }}
