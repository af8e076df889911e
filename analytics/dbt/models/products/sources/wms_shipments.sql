select
    cast(shipment_id as integer) as shipment_id,
    cast(order_id as integer) as order_ref,
    cast({{ local("shipped_at") }} as timestamp) as shipped_date,
    cast(status as varchar(20)) as delivery_status
from {{ source("shop", "shipment") }}
