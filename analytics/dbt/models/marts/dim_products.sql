-- Read after the lines, so that what was ordered meanwhile is among them.
-- depends_on: {{ ref("fct_order_lines") }}
select
    product_id,
    name,
    category,
    supplier_id,
    cast(sale_price as numeric(12, 2)) as sale_price,
    cast(wholesale_cost as numeric(12, 2)) as wholesale_cost,
    pack_size,
    in_stock,
    is_retired,
    group_id,
    options
from {{ ref("stg_shop__products") }}
