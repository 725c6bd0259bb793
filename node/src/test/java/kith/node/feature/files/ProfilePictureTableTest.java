package kith.node.feature.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.concurrent.CompletionStage;
import kith.node.platform.database.FreshDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ProfilePictureTableTest {
  private final FreshDatabase database = FreshDatabase.take();
  private final ProfilePictureTable table = new ProfilePictureTable(database.jdbc());

  @AfterEach
  void close() {
    database.close();
  }

  private static ProfilePicture picture(int number) {
    return ProfilePicture.of(new Thumbnail("image/png", new byte[] {(byte) number}));
  }

  @Test
  void anAccountHasItsLatestPicture() {
    await(table.keep("ann", picture(1)));
    await(table.keep("ann", picture(2)));

    assertThat(await(table.find("ann")).orElseThrow().bytes()).containsExactly(2);
    assertThat(await(table.find("bob"))).isEmpty();
  }

  @Test
  void aPictureThatIsNoLongerShownIsDeletedAndANewerOneStays() {
    var first = picture(1);
    var second = picture(2);
    await(table.keep("ann", first));
    await(table.keep("bob", first));
    assertThat(await(table.delete("ann", first.version()))).isOne();
    await(table.keep("ann", second));

    assertThat(await(table.delete("ann", first.version()))).as("its delayed deletion").isZero();
    await(database.jdbc().update("UPDATE profile_picture SET at = at - interval '1 hour'"));

    assertThat(await(table.delete("ann", first.version()))).as("another's old one").isOne();
    assertThat(await(table.find("bob"))).isPresent();
  }

  @Test
  void anAddressBelongsToOneAccount() {
    var address = Optional.of(picture(1).address("ann"));

    assertThat(ProfilePicture.version("ann", address)).isPresent();
    assertThat(ProfilePicture.version("anna", address)).isEmpty();
    assertThat(ProfilePicture.version("ann", Optional.of("https://a.org/v1/users/ann/picture?v=1")))
        .isEmpty();
    assertThat(ProfilePicture.version("ann", Optional.empty())).isEmpty();
  }

  private static <T> T await(CompletionStage<T> stage) {
    return stage.toCompletableFuture().join();
  }
}
