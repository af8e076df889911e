-- A product stands as it closed last; so the first day that counts goes on from the last row before it.
{% set first_day %}({{ as_of() }} - 90){% endset %}

with rows_of_days as (
    select product_id, stock_date, is_stocked_out, missing
    from {{ ref("fct_stock_days") }}
    where stock_date >= {{ first_day }} and stock_date <= {{ as_of() }}
    union all
    (
        select distinct on (product_id)
            product_id,
            {{ first_day }} - 1 as stock_date,
            is_stocked_out,
            0 as missing
        from {{ ref("fct_stock_days") }} as earlier
        where earlier.stock_date < {{ first_day }}
        order by product_id, earlier.stock_date desc
    )
),

followed as (
    select
        *,
        coalesce(lead(stock_date) over in_turn - 1, {{ as_of() }}) as until_day,
        case when is_stocked_out and not coalesce(lag(is_stocked_out) over in_turn, false) then 1 else 0 end as begins
    from rows_of_days
    window in_turn as (partition by product_id order by stock_date)
),

numbered as (
    select
        *,
        sum(begins) over (partition by product_id order by stock_date) as place
    from followed
)

select
    product_id,
    greatest(min(stock_date), {{ first_day }}) as first_day,
    max(until_day) as last_day,
    max(until_day) - greatest(min(stock_date), {{ first_day }}) + 1 as days,
    max(until_day) = {{ as_of() }} as is_out,
    cast(sum(missing) as bigint) as missing
from numbered
where is_stocked_out
group by product_id, place
having max(until_day) >= {{ first_day }}
