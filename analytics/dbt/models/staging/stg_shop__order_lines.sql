select
    order_id,
    line_no,
    product_id,
    quantity as units,
    unit_price,
    quantity * unit_price as amount
from {{ source("shop", "order_line") }}
