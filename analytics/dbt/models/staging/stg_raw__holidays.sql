select day as date_day, name as holiday from {{ source("raw", "holiday") }}
