{{
    config(
        materialized="incremental",
        incremental_strategy="delete+insert",
        unique_key="stock_date",
        on_schema_change="fail",
        indexes=[{"columns": ["stock_date"]}, {"columns": ["product_id", "stock_date"]}],
    )
}}

-- A row for each day on which something moved or was missing. Movements are only ever added, so what is new begins with
-- the first movement of the last three days that were built.
{% if is_incremental() %}
    {% set from_day %}(select coalesce(max(stock_date) - 3, date '-infinity') from {{ this }}){% endset %}
    {% set from_movement -%}
        (select coalesce(min(first_movement_id), 0) from {{ this }} where stock_date >= {{ from_day }})
    {%- endset %}
{% endif %}

with moved as (
    select
        product_id,
        stock_date,
        min(movement_id) as first_movement_id,
        sum(delta) as delta,
        sum(case when reason in ('order', 'cancel', 'change') then -delta else 0 end) as sold,
        sum(case when reason in ('restock', 'import') and delta > 0 then delta else 0 end) as received
    from {{ ref("stg_shop__stock_movements") }}
    {% if is_incremental() %}
    where
        movement_id >= {{ from_movement }}
        and stock_date >= {{ from_day }}
    {% endif %}
    group by product_id, stock_date
),

missed as (
    select product_id, stock_date, sum(missing) as missing
    from {{ ref("stg_shop__lost_demands") }}
    {% if is_incremental() %}
    where stock_date >= {{ from_day }}
    {% endif %}
    group by product_id, stock_date
),

days as (
    select
        coalesce(moved.product_id, missed.product_id) as product_id,
        coalesce(moved.stock_date, missed.stock_date) as stock_date,
        moved.first_movement_id,
        coalesce(moved.delta, 0) as delta,
        coalesce(moved.sold, 0) as sold,
        coalesce(moved.received, 0) as received,
        coalesce(missed.missing, 0) as missing
    from moved
    full join missed on missed.product_id = moved.product_id and missed.stock_date = moved.stock_date
),

{% if is_incremental() %}
before as (
    select distinct on (product_id) product_id, closing
    from {{ this }}
    where stock_date < {{ from_day }} and product_id in (select product_id from days)
    order by product_id, stock_date desc
),
{% endif %}

summed as (
    select
        days.*,
        sum(days.delta) over (partition by days.product_id order by days.stock_date)
        {% if is_incremental() %} + coalesce(before.closing, 0){% endif %} as closing
    from days
    {% if is_incremental() %}
    left join before on before.product_id = days.product_id
    {% endif %}
)

select
    summed.product_id,
    summed.stock_date,
    cast(summed.closing - summed.delta as bigint) as opening,
    cast(summed.sold as bigint) as sold,
    cast(summed.received as bigint) as received,
    cast(summed.delta + summed.sold - summed.received as bigint) as adjusted,
    cast(summed.closing as bigint) as closing,
    summed.closing <= 0 as is_stocked_out,
    cast(summed.missing as bigint) as missing,
    summed.first_movement_id
from summed
