{{ config(materialized="view") }}

{{ held(ref("snap_products"), "product_id", "wholesale_cost") }}
