select * from {{ ref("wms_shipments") }}
