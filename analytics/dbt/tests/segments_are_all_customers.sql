{{ config(description="Whether a customer has no segment or no tier, or somebody who never ordered has one.") }}

select customer_id
from {{ ref("dim_customers") }}
where (orders = 0) <> (segment = 'Prospect') or (orders = 0) <> (clv_tier is not distinct from 'Prospect')
