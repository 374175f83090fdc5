"""The database that Prisma makes of a schema: tables, columns, constraints and indexes.

`objects` says what a database consists of, `describe` makes it of a data model.
"""

from __future__ import annotations

from prisma_decouple.model.database.columns import column_of as column_of
from prisma_decouple.model.database.columns import column_type as column_type
from prisma_decouple.model.database.describe import describe_database as describe_database
from prisma_decouple.model.database.foreign_keys import foreign_key_of as foreign_key_of
from prisma_decouple.model.database.join_tables import is_implicit as is_implicit
from prisma_decouple.model.database.join_tables import join_table_name as join_table_name
from prisma_decouple.model.database.naming import enum_name as enum_name
from prisma_decouple.model.database.naming import table_name as table_name
from prisma_decouple.model.database.objects import Autoincrement as Autoincrement
from prisma_decouple.model.database.objects import Column as Column
from prisma_decouple.model.database.objects import ColumnType as ColumnType
from prisma_decouple.model.database.objects import Condition as Condition
from prisma_decouple.model.database.objects import Database as Database
from prisma_decouple.model.database.objects import Default as Default
from prisma_decouple.model.database.objects import EnumType as EnumType
from prisma_decouple.model.database.objects import Expression as Expression
from prisma_decouple.model.database.objects import Extension as Extension
from prisma_decouple.model.database.objects import ForeignKey as ForeignKey
from prisma_decouple.model.database.objects import IndexColumn as IndexColumn
from prisma_decouple.model.database.objects import IndexKey as IndexKey
from prisma_decouple.model.database.objects import ListValue as ListValue
from prisma_decouple.model.database.objects import Now as Now
from prisma_decouple.model.database.objects import QualifiedName as QualifiedName
from prisma_decouple.model.database.objects import Table as Table
from prisma_decouple.model.database.objects import Value as Value
