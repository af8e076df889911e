select
    lost_demand_id,
    product_id,
    day as stock_date,
    wanted,
    missing
from {{ source("shop", "lost_demand") }}
