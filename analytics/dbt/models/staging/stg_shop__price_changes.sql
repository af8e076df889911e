select
    entry_id as price_change_id,
    product_id,
    at as changed_at,
    {{ local_date("at") }} as changed_date,
    price_before,
    price_after
from {{ source("shop", "price_change") }}
