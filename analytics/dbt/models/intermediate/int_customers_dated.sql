{{ config(materialized="view") }}

select customer_id, loyalty from {{ ref("stg_shop__customers") }}
