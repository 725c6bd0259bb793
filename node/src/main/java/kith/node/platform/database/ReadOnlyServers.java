package kith.node.platform.database;

import com.zaxxer.hikari.SQLExceptionOverride;
import java.sql.SQLException;

/// Makes a pool discard a connection to a server that became read-only. Pools find it by its name.
public final class ReadOnlyServers implements SQLExceptionOverride {
  // read_only_sql_transaction
  private static final String READ_ONLY = "25006";

  @java.lang.Override
  public Override adjudicate(SQLException fault) {
    return READ_ONLY.equals(fault.getSQLState()) ? Override.MUST_EVICT : Override.CONTINUE_EVICT;
  }
}
