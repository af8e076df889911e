select
    movement_id,
    product_id,
    delta,
    reason,
    at as moved_at,
    {{ local_date("at") }} as stock_date
from {{ source("shop", "stock_movement") }}
