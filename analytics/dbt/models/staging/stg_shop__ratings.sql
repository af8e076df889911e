select
    order_id,
    score,
    {{ local_date("at") }} as rated_date
from {{ source("shop", "rating") }}
