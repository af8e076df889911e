-- A price that was cut, until it changed again.
select
    'cut-' || price_change_id as promotion_id,
    product_id,
    changed_at as started_at,
    changed_date as started_on,
    ended_at,
    {{ local_date("ended_at") }} as ended_on,
    price_before,
    price_after
from (
    select
        *,
        lead(changed_at) over (partition by product_id order by changed_at, price_change_id) as ended_at
    from {{ ref("stg_shop__price_changes") }}
) as price_changes
where price_after < price_before
