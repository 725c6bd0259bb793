package kith.terminal.layout;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import kith.terminal.layout.HalfBlocks.Block;
import kith.terminal.model.Picture;
import org.junit.jupiter.api.Test;

class HalfBlocksTest {
  private static final int RED = 0xFF0000;
  private static final int BLUE = 0x0000FF;

  /// The upper half is red, the lower one blue.
  private static Picture picture(int width, int height) {
    var pixels = new int[width * height];
    for (int at = 0; at < pixels.length; at++) pixels[at] = at < pixels.length / 2 ? RED : BLUE;
    return new Picture(width, pixels);
  }

  @Test
  void aCellHasTwoPixelsAboveEachOther() {
    assertThat(HalfBlocks.of(picture(3, 2), 80, 24))
        .containsExactly(List.of(new Block(RED, BLUE), new Block(RED, BLUE), new Block(RED, BLUE)));
  }

  @Test
  void aWidePictureFillsTheWidthAndKeepsItsShape() {
    var rows = HalfBlocks.of(picture(480, 240), 40, 24);

    assertThat(rows).hasSize(10).allSatisfy(row -> assertThat(row).hasSize(40));
    assertThat(rows.get(4)).containsOnly(new Block(RED, RED));
    assertThat(rows.get(5)).containsOnly(new Block(BLUE, BLUE));
  }

  @Test
  void aTallPictureFillsTheHeight() {
    var rows = HalfBlocks.of(picture(100, 400), 80, 20);

    assertThat(rows).hasSize(20);
    assertThat(rows.getFirst()).hasSize(10);
  }

  @Test
  void pixelsThatShareAHalfAreMixed() {
    var picture = new Picture(2, new int[] {0xFF0000, 0x0000FF, 0xFF0000, 0x0000FF});

    assertThat(HalfBlocks.of(picture, 1, 1))
        .containsExactly(List.of(new Block(0x7F007F, 0x7F007F)));
  }

  @Test
  void everySizeOfScreenAndPictureGivesRowsThatFit() {
    for (int width = 1; width < 60; width += 7)
      for (int height = 1; height < 60; height += 7)
        for (int columns = 1; columns < 30; columns += 3)
          for (int rows = 1; rows < 30; rows += 3) {
            var blocks = HalfBlocks.of(picture(width, height), columns, rows);
            assertThat(blocks).hasSizeBetween(1, rows);
            assertThat(blocks.getFirst()).hasSizeBetween(1, columns);
          }
    assertThat(HalfBlocks.of(picture(2, 2), 0, 5)).isEmpty();
  }
}
