"""Imports an inventory file: products are created or brought up to date, stock differences become stock movements."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection, Engine, column, select, table, text

from storage.import_files import (
    CopyStream,
    ImportFile,
    ImportResult,
    Problems,
    Progress,
    Row,
    as_csv,
    copy,
    one_import_at_a_time,
)
from storage.locks import lock_products
from storage.tables import product

REQUIRED = ("product_id", "quantity", "wholesale_cost", "sale_price", "supplier_id")
OPTIONAL = ("name", "category", "description", "image_url")
LONGEST_ID = 48  # bytes; with a verb before it, an id still fits into a chat button

_STAGE = text("""
    CREATE TEMP TABLE incoming_product (
        product_id text PRIMARY KEY, quantity int NOT NULL, wholesale_cost numeric(12,2) NOT NULL,
        sale_price numeric(12,2) NOT NULL, supplier_id text NOT NULL,
        name text, category text, description text, image_url text
    ) ON COMMIT DROP
""")

_CREATE = text("""
    INSERT INTO shop.product (product_id, wholesale_cost, sale_price, supplier_id,
                              name, category, description, image_url)
    SELECT product_id, wholesale_cost, sale_price, supplier_id,
           coalesce(name, ''), coalesce(category, ''), coalesce(description, ''), coalesce(image_url, '')
    FROM incoming_product ORDER BY product_id
    ON CONFLICT (product_id) DO NOTHING
""")

# A column that the file lacks is NULL here and leaves the product as it is. A retired product is sold again.
_CHANGE = text("""
    WITH wanted AS (
        SELECT product_id, i.wholesale_cost, i.sale_price, i.supplier_id, coalesce(i.name, p.name) AS name,
               coalesce(i.category, p.category) AS category,
               coalesce(i.description, p.description) AS description,
               coalesce(i.image_url, p.image_url) AS image_url
        FROM incoming_product i JOIN shop.product p USING (product_id)
    ), edited AS (
        UPDATE shop.product p
        SET wholesale_cost = w.wholesale_cost, sale_price = w.sale_price, supplier_id = w.supplier_id,
            name = w.name, category = w.category, description = w.description, image_url = w.image_url,
            version = p.version + 1, retired_at = NULL
        FROM wanted w
        WHERE w.product_id = p.product_id
          AND ((p.wholesale_cost, p.sale_price, p.supplier_id, p.name, p.category, p.description, p.image_url)
               IS DISTINCT FROM
               (w.wholesale_cost, w.sale_price, w.supplier_id, w.name, w.category, w.description, w.image_url)
               OR p.retired_at IS NOT NULL)
        RETURNING p.product_id
    )
    SELECT count(*) FROM (
        SELECT product_id FROM edited
        UNION
        SELECT product_id FROM incoming_product i JOIN shop.product p USING (product_id) WHERE i.quantity <> p.quantity
    ) AS changed
""")

_MOVE = text("""
    WITH moved AS (
        INSERT INTO shop.stock_movement (product_id, delta, reason, reference, actor, at)
        SELECT product_id, i.quantity - p.quantity, 'import', :file, 'import', :at
        FROM incoming_product i JOIN shop.product p USING (product_id)
        WHERE i.quantity <> p.quantity
        ORDER BY product_id
        RETURNING product_id, delta
    )
    UPDATE shop.product p SET quantity = p.quantity + m.delta FROM moved m WHERE p.product_id = m.product_id
""")
