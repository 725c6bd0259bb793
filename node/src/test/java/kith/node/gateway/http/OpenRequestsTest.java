package kith.node.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.japi.function.Function;
import org.junit.jupiter.api.Test;

class OpenRequestsTest {
  private final OpenRequests requests = new OpenRequests();
  private final CompletableFuture<HttpResponse> answer = new CompletableFuture<>();
  private final Function<HttpRequest, CompletionStage<HttpResponse>> handler =
      requests.counting(_ -> answer);

  @Test
  void aServerWithoutOpenRequestsDoesNotWait() {
    assertThat(requests.none()).isDone();
  }

  @Test
  void everyOpenRequestIsAwaited() throws Exception {
    var _ = handler.apply(HttpRequest.GET("/"));
    var _ = handler.apply(HttpRequest.GET("/"));

    var none = requests.none();
    assertThat(none).isNotDone();
    answer.complete(HttpResponse.create());

    assertThat(none).isDone();
  }

  @Test
  void aRequestThatFailedIsNotAwaited() throws Exception {
    var _ = handler.apply(HttpRequest.GET("/"));
    answer.completeExceptionally(new IllegalStateException("failed"));
    var throwing =
        requests.counting(_ -> {
          throw new IllegalStateException("failed at once");
        });
    assertThatThrownBy(() -> throwing.apply(HttpRequest.GET("/")))
        .isInstanceOf(IllegalStateException.class);

    assertThat(requests.none()).isDone();
  }
}
