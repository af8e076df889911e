{{
    config(
        materialized="incremental",
        incremental_strategy="delete+insert",
        unique_key="sales_date",
        on_schema_change="fail",
        indexes=[{"columns": ["sales_date"]}],
    )
}}

-- A line counts on the day of its order, and once more, taken back, on the day of cancelling. Of what comes back only the
-- money is taken back, on the day of settling: what the pieces are worth then, nobody knows.
{% if is_incremental() %}
    {% set is_touched = "= any(array(select sales_date from touched))" %}

with changed as (
    select order_date, cancelled_date from {{ ref("fct_order_lines") }} where updated_at >= {{ since() }}
),

touched as (
    select order_date as sales_date from changed
    union
    select cancelled_date from changed where cancelled_date is not null
    union
    select settled_date from {{ ref("fct_returns") }} where is_settled and updated_at >= {{ since() }}
),
{% else %}
with
{% endif %}
counted as (
    select
        order_date as sales_date,
        product_id,
        units,
        paid,
        margin,
        updated_at
    from {{ ref("fct_order_lines") }}
    {% if is_incremental() %}
    where order_date {{ is_touched }}
    {% endif %}
    union all
    select
        cancelled_date,
        product_id,
        -units,
        -paid,
        -margin,
        updated_at
    from {{ ref("fct_order_lines") }}
    where
        is_cancelled
        {% if is_incremental() %}
        and cancelled_date {{ is_touched }}
        {% endif %}
    union all
    select
        settled_date,
        product_id,
        0,
        -refunded,
        -refunded,
        updated_at
    from {{ ref("fct_returns") }}
    where
        is_settled
        {% if is_incremental() %}
        and settled_date {{ is_touched }}
        {% endif %}
)

select
    sales_date,
    product_id,
    cast(sum(units) as bigint) as units,
    cast(sum(paid) as numeric(18, 2)) as net,
    cast(sum(margin) as numeric(18, 2)) as margin,
    max(updated_at) as updated_at
from counted
group by sales_date, product_id
