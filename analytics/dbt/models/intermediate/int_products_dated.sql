{{ config(materialized="view") }}

select product_id, sale_price, wholesale_cost from {{ ref("stg_shop__products") }}
