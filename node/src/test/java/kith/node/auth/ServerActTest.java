package kith.node.auth;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import kith.protocol.ServerRole;
import org.junit.jupiter.api.Test;

class ServerActTest {
  @Test
  void theDocumentedTableMatchesTheCode() throws IOException {
    var page = Files.readString(Path.of("..", "docs", "administration.md"));

    var rows = page.lines().filter(line -> line.matches("\\|.*\\| (yes|no) \\|")).toList();

    assertThat(rows).isEqualTo(Stream.of(ServerAct.values()).map(ServerActTest::row).toList());
  }

  private static String row(ServerAct act) {
    var roles =
        List.of(ServerRole.OWNER, ServerRole.ADMINISTRATOR, ServerRole.MEMBER, ServerRole.GUEST)
            .stream()
            .map(role -> ServerAct.mayDo(role, act) ? "yes" : "no")
            .toList();
    return "| " + act.words() + " | " + String.join(" | ", roles) + " |";
  }

  @Test
  void everyRoleHasTheRightsOfTheRolesBelowIt() {
    for (var act : ServerAct.values())
      for (var role : ServerRole.values())
        for (var higher : ServerRole.values())
          if (higher.compareTo(role) > 0 && ServerAct.mayDo(role, act))
            assertThat(ServerAct.mayDo(higher, act)).as(act + " " + higher).isTrue();
  }
}
