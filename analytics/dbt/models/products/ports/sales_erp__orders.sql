select * from {{ ref("erp_orders") }}
