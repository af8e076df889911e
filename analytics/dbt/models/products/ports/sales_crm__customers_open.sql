select
    cast(customer_id as integer) as id,
    cast(hashed_email as varchar(100)) as hashed_email,
    cast(coalesce(signed_up_on, first_seen_on) as timestamp) as signup_date,
    cast(left(place, 100) as varchar(100)) as place
from {{ mart("dim_customers") }}
