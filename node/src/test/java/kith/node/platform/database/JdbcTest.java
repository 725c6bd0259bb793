package kith.node.platform.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

class JdbcTest {
  private static Throwable failure(Executor executor) {
    var jdbc = new Jdbc(new PGSimpleDataSource(), executor);
    return jdbc.update("SELECT 1").toCompletableFuture().exceptionNow();
  }

  @Test
  void aStageOfWorkThatNoThreadTakesFails() {
    assertThat(
            failure(_ -> {
              throw new RejectedExecutionException("full");
            }))
        .isInstanceOf(RejectedExecutionException.class);
    assertThat(
            failure(_ -> {
              throw new InternalError("no thread");
            }))
        .isInstanceOf(InternalError.class);
  }
}
