{{
    config(
        materialized="incremental",
        incremental_strategy="delete+insert",
        unique_key="sales_date",
        on_schema_change="fail",
        indexes=[{"columns": ["sales_date"]}],
    )
}}

-- A line counts on the day of its order, and once more, as cancelled, on the day of cancelling; what comes back on the
-- day of settling it.
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
        store_id,
        category,
        daypart,
        case when leads_order then 1 else 0 end as orders,
        units,
        amount as gross,
        discount,
        0 as cancelled_orders,
        0 as cancelled,
        0 as returned,
        updated_at
    from {{ ref("fct_order_lines") }}
    {% if is_incremental() %}
    where order_date {{ is_touched }}
    {% endif %}
    union all
    select
        cancelled_date,
        store_id,
        category,
        daypart,
        0,
        0,
        0,
        0,
        case when leads_order then 1 else 0 end,
        paid,
        0,
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
        store_id,
        category,
        daypart,
        0,
        0,
        0,
        0,
        0,
        0,
        refunded,
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
    store_id,
    category,
    daypart,
    cast(sum(orders) as bigint) as orders,
    cast(sum(units) as bigint) as units,
    cast(sum(gross) as numeric(18, 2)) as gross,
    cast(sum(discount) as numeric(18, 2)) as discount,
    cast(sum(cancelled_orders) as bigint) as cancelled_orders,
    cast(sum(cancelled) as numeric(18, 2)) as cancelled,
    cast(sum(returned) as numeric(18, 2)) as returned,
    cast(sum(gross) - sum(discount) - sum(cancelled) - sum(returned) as numeric(18, 2)) as net,
    max(updated_at) as updated_at
from counted
group by sales_date, store_id, category, daypart
