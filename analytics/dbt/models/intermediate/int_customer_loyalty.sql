{{ config(materialized="view") }}

{{ held(ref("snap_loyalty"), "customer_id", "loyalty") }}
