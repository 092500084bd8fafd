/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The state tables against docs/tables.md, written out a second time here: every edge and every non-edge, all texts.
 */
#include "tai-state.h"

#include <string.h>

#include "tai-core-error.h"

typedef struct {
  const TaiStateTable *table;
  const char *edges; /* "from>to from>to …", all there are */
  const char *texts; /* in the order of the enum */
  const char *final; /* states with no way out */
} Machine;

static const Machine machines[] = {
    {&tai_visit_states,
     "open>placed placed>paid paid>closed open>parked parked>open open>abandoned placed>abandoned parked>abandoned",
     "open placed paid closed parked abandoned", "closed abandoned"},
    {&tai_order_states,
     "draft>placed placed>paid paid>sent sent>acknowledged placed>cancelled sent>rejected "
     "acknowledged>inProgress acknowledged>held acknowledged>pending "
     "inProgress>held inProgress>pending held>inProgress held>pending pending>inProgress pending>held "
     "acknowledged>completed acknowledged>cancelled acknowledged>rejected acknowledged>failed acknowledged>partial "
     "inProgress>completed inProgress>cancelled inProgress>rejected inProgress>failed inProgress>partial "
     "held>completed held>cancelled held>rejected held>failed held>partial "
     "pending>completed pending>cancelled pending>rejected pending>failed pending>partial "
     "completed>undone",
     "draft placed paid sent acknowledged inProgress completed cancelled held pending rejected failed partial undone",
     "cancelled rejected failed partial undone"},
    {&tai_payment_states,
     "created>submitted created>succeeded created>failed submitted>awaiting_customer submitted>unknown "
     "submitted>succeeded submitted>failed awaiting_customer>succeeded awaiting_customer>failed "
     "awaiting_customer>unknown unknown>succeeded unknown>failed unknown>reversing succeeded>reversing "
     "reversing>reversed reversing>unknown",
     "created submitted awaiting_customer unknown succeeded failed reversing reversed", "failed reversed"},
    {&tai_message_states,
     "waiting>in_flight in_flight>acknowledged in_flight>waiting in_flight>asking in_flight>quarantined "
     "asking>acknowledged asking>waiting quarantined>superseded quarantined>waiting acknowledged>waiting",
     "waiting in_flight asking acknowledged quarantined superseded", "superseded"},
    {&tai_print_states, "queued>sending sending>printed sending>unknown sending>failed sending>queued",
     "queued sending printed unknown failed", "printed unknown failed"},
    {&tai_resource_states, "free>leased leased>held held>used held>leased leased>free used>free",
     "free leased held used", ""},
    {&tai_shift_states, "opening>open open>counting counting>closed counting>open",
     "opening open counting closed", "closed"},
    {&tai_approval_states, "asked>granted granted>used asked>refused asked>expired granted>expired",
     "asked granted used refused expired", "used refused expired"},
};

/* Is @word one of the blank-separated words of @list? */
static gboolean
has_word (const char *list, const char *word)
{
  g_auto (GStrv) words = g_strsplit (list, " ", -1);

  return g_strv_contains ((const char *const *)words, word);
}

static void
check_move (const Machine *machine, guint from, guint to)
{
  const TaiStateTable *table = machine->table;
  g_autoptr (GError) error = NULL;
  g_autofree char *edge = g_strdup_printf ("%s>%s", table->text[from], table->text[to]);
  gboolean expected = has_word (machine->edges, edge);

  if (tai_state_can_move (table, from, to) != expected)
    g_error ("%s: %s is %sexpected", table->machine, edge, expected ? "" : "not ");
  g_assert_true (tai_state_check_move (table, from, to, &error) == expected);
  if (expected) {
    g_assert_no_error (error);
    return;
  }
  g_assert_error (error, TAI_CORE_ERROR, TAI_CORE_ERROR_STATE);
  g_assert_nonnull (strstr (error->message, table->machine));
  g_assert_nonnull (strstr (error->message, table->text[from]));
  g_assert_nonnull (strstr (error->message, table->text[to]));
}

static void
test_edges (gconstpointer data)
{
  const Machine *machine = data;
  g_auto (GStrv) edges = g_strsplit (machine->edges, " ", -1);
  guint n_edges = 0;

  for (guint from = 0; from < machine->table->n_states; from++) {
    for (guint to = 0; to < machine->table->n_states; to++) {
      check_move (machine, from, to);
      n_edges += tai_state_can_move (machine->table, from, to);
    }
    g_assert_false (tai_state_can_move (machine->table, from, from));
    g_assert_false (tai_state_can_move (machine->table, from, machine->table->n_states));
    g_assert_false (tai_state_can_move (machine->table, machine->table->n_states, from));
    g_assert_false (tai_state_can_move (machine->table, from, G_MAXUINT));
  }
  /* Each edge written above was met: no misspelt one. */
  g_assert_cmpuint (n_edges, ==, g_strv_length (edges));
}

static void
test_final (gconstpointer data)
{
  const Machine *machine = data;

  for (guint state = 0; state < machine->table->n_states; state++)
    g_assert_true (tai_state_is_final (machine->table, state) ==
                   has_word (machine->final, machine->table->text[state]));
}

static void
check_unknown (const TaiStateTable *table, const char *text)
{
  g_autoptr (GError) error = NULL;
  guint state = 77;

  g_assert_false (tai_state_from_text (table, text, &state, &error));
  g_assert_error (error, TAI_CORE_ERROR, TAI_CORE_ERROR_STATE_TEXT);
  g_assert_true (g_utf8_validate (error->message, -1, NULL));
  g_assert_cmpuint (strlen (error->message), <, 200);
  g_assert_cmpuint (state, ==, 77);
}

static void
test_texts (gconstpointer data)
{
  const Machine *machine = data;
  g_auto (GStrv) texts = g_strsplit (machine->texts, " ", -1);

  g_assert_cmpuint (machine->table->n_states, ==, g_strv_length (texts));
  for (guint i = 0; i < machine->table->n_states; i++) {
    g_autoptr (GError) error = NULL;
    g_autofree char *longer = g_strconcat (texts[i], "x", NULL);
    g_autofree char *upper = g_ascii_strup (texts[i], -1);
    guint state;

    g_assert_cmpstr (tai_state_to_text (machine->table, i), ==, texts[i]);
    g_assert_true (tai_state_from_text (machine->table, texts[i], &state, &error));
    g_assert_no_error (error);
    g_assert_cmpuint (state, ==, i);
    check_unknown (machine->table, longer);
    check_unknown (machine->table, upper);
  }
}

static void
test_unknown_texts (void)
{
  g_autofree char *long_text = g_strnfill (100000, 'a');

  for (guint i = 0; i < G_N_ELEMENTS (machines); i++) {
    check_unknown (machines[i].table, "");
    check_unknown (machines[i].table, " open");
    check_unknown (machines[i].table, "gone");
    check_unknown (machines[i].table, "\xff\xfe\n\x01");
    check_unknown (machines[i].table, long_text);
    check_unknown (machines[i].table, NULL);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (machines); i++) {
    g_autofree char *name = g_strdelimit (g_strdup (machines[i].table->machine), " ", '-');
    g_autofree char *edges = g_strdup_printf ("/core/state/%s/edges", name);
    g_autofree char *final = g_strdup_printf ("/core/state/%s/final", name);
    g_autofree char *texts = g_strdup_printf ("/core/state/%s/texts", name);

    g_test_add_data_func (edges, &machines[i], test_edges);
    g_test_add_data_func (final, &machines[i], test_final);
    g_test_add_data_func (texts, &machines[i], test_texts);
  }
  g_test_add_func ("/core/state/unknown-texts", test_unknown_texts);
  return g_test_run ();
}
