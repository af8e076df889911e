select
    customer_id,
    hashed_email,
    coalesce(nullif(location, ''), 'unknown') as place,
    loyalty,
    signed_up_on,
    {{ local_date("first_seen_at") }} as first_seen_on
from {{ source("shop", "customer") }}
