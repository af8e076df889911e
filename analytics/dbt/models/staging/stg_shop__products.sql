select
    product_id,
    -- as `Product.title`: with the options that the name does not say
    coalesce(nullif(name, ''), product_id) || coalesce(' (' || told.options || ')', '') as name,
    coalesce(nullif(category, ''), 'other') as category,
    supplier_id,
    sale_price,
    wholesale_cost,
    pack_size,
    quantity as in_stock,
    retired_at is not null as is_retired,
    nullif(group_id, '') as group_id,
    coalesce(told.written, '') as options
from {{ source("shop", "product") }} as product
left join lateral (
    select
        string_agg(
            case when value ~* '^([0-9.,]+|yes|no)$' then axis || ' ' || value else value end, ', ' order by place
        ) filter (
            where
                strpos(
                    ' ' || regexp_replace(lower(coalesce(nullif(name, ''), product_id)), '[^[:alnum:]]+', ' ', 'g') || ' ',
                    ' ' || trim(regexp_replace(lower(value), '[^[:alnum:]]+', ' ', 'g')) || ' '
                ) = 0
        ) as options,
        string_agg(axis || '=' || value, ';' order by place) as written
    from (
        select pair ->> 0 as axis, pair ->> 1 as value, place
        from jsonb_array_elements(product.options) with ordinality as pairs (pair, place)
    ) as pairs
) as told on true
