{{
    config(
        materialized="incremental",
        incremental_strategy="merge",
        unique_key="shipment_id",
        on_schema_change="fail",
        indexes=[{"columns": ["updated_at"], "type": "brin"}, {"columns": ["order_id"]}],
    )
}}

select
    shipments.shipment_id,
    shipments.order_id,
    shipments.status,
    shipments.shipped_date,
    shipments.delivered_date,
    shipments.shipped_date - orders.order_date as days_to_ship,
    shipments.delivered_date - orders.order_date as days_to_deliver,
    shipments.updated_at
from {{ ref("stg_shop__shipments") }} as shipments
inner join {{ ref("fct_orders") }} as orders on orders.order_id = shipments.order_id
{% if is_incremental() %}
where shipments.updated_at >= {{ since() }}
{% endif %}
