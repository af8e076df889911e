select
    product_id,
    coalesce(nullif(name, ''), product_id) as name,
    coalesce(nullif(category, ''), 'other') as category,
    supplier_id,
    sale_price,
    wholesale_cost,
    pack_size,
    quantity as in_stock,
    retired_at is not null as is_retired
from {{ source("shop", "product") }}
