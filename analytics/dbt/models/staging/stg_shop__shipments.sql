select
    shipment_id,
    order_id,
    status,
    {{ local_date("shipped_at") }} as shipped_date,
    {{ local_date("delivered_at") }} as delivered_date,
    updated_at
from {{ source("shop", "shipment") }}
