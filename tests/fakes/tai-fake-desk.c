/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tai-fake-desk.h"

/* All ports that a desk wants and that nobody calls. */
#define TAI_TYPE_IDLE_PORTS (tai_idle_ports_get_type ())
G_DECLARE_FINAL_TYPE (TaiIdlePorts, tai_idle_ports, TAI, IDLE_PORTS, GObject)
struct _TaiIdlePorts {
  GObject parent;
};

static void
no_init (gpointer iface, gpointer data)
{
}

G_DEFINE_FINAL_TYPE_WITH_CODE (TaiIdlePorts, tai_idle_ports, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (TAI_TYPE_RENDERER, no_init)
                                   G_IMPLEMENT_INTERFACE (TAI_TYPE_PAPERWORK, no_init)
                                       G_IMPLEMENT_INTERFACE (TAI_TYPE_SEALER, no_init)
                                           G_IMPLEMENT_INTERFACE (TAI_TYPE_PIN_HASHER, no_init))

static void
tai_idle_ports_class_init (TaiIdlePortsClass *klass)
{
}

static void
tai_idle_ports_init (TaiIdlePorts *self)
{
}

TaiTerminal *
tai_fake_terminal_new (void)
{
  TaiTerminal *terminal = tai_terminal_new ();
  struct {
    char **field;
    const char *value;
  } fields[] = {
      {&terminal->id, "H017T2"},      {&terminal->hall, "H017"},     {&terminal->desk, "3"},
      {&terminal->outlet, "H017"},    {&terminal->region, "440300"}, {&terminal->klass, "production"},
      {&terminal->hall_name, "Hall"}, {&terminal->till, "T2"},       {&terminal->language, "zh_CN"}};

  for (guint i = 0; i < G_N_ELEMENTS (fields); i++) {
    g_free (*fields[i].field);
    *fields[i].field = g_strdup (fields[i].value);
  }
  terminal->utc_offset_min = 480;
  terminal->currency = 156;
  return terminal;
}

TaiDesk *
tai_fake_desk_new (gpointer store, TaiClock *clock, TaiEntropy *entropy)
{
  g_autoptr (TaiIdlePorts) idle = g_object_new (TAI_TYPE_IDLE_PORTS, NULL);
  g_autoptr (TaiTerminal) terminal = tai_fake_terminal_new ();
  TaiDeskPorts ports = {.store = TAI_VISIT_STORE (store),
                        .prints = TAI_PRINT_QUEUE (store),
                        .renderer = TAI_RENDERER (idle),
                        .paperwork = TAI_PAPERWORK (idle),
                        .sealer = TAI_SEALER (idle),
                        .pins = TAI_PIN_HASHER (idle),
                        .clock = clock,
                        .entropy = entropy};

  return tai_desk_new (terminal, &ports);
}
