-- What each product cost, and when; its first cost counts for all that was before too, which nobody knows.
select
    product_id,
    wholesale_cost,
    case
        when row_number() over (partition by product_id order by dbt_valid_from) = 1
            then timestamp '-infinity'
        else dbt_valid_from
    end as valid_from,
    coalesce(dbt_valid_to, timestamp 'infinity') as valid_to
from {{ ref("snap_products") }}
