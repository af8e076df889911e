select
    impression_id,
    placement,
    product_id,
    shown_at,
    added_at,
    dismissed_at,
    order_id,
    {{ local_date("shown_at") }} as shown_date
from {{ source("shop", "impression") }}
