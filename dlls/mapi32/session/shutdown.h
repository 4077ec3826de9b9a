/*
 * Fast shutdown: what its three files share
 *
 * Copyright 2026 the wine-mapi authors
 *
 * This library is free software; you can redistribute it and/or
 * modify it under the terms of the GNU Lesser General Public
 * License as published by the Free Software Foundation; either
 * version 2.1 of the License, or (at your option) any later version.
 *
 * This library is distributed in the hope that it will be useful,
 * but WITHOUT ANY WARRANTY; without even the implied warranty of
 * MERCHANTABILITY or FITNESS FOR A PARTICULAR PURPOSE.  See the GNU
 * Lesser General Public License for more details.
 *
 * You should have received a copy of the GNU Lesser General Public
 * License along with this library; if not, write to the Free Software
 * Foundation, Inc., 51 Franklin St, Fifth Floor, Boston, MA 02110-1301, USA
 */


/*
 * shutdown.c holds the state of the process's fast shutdown and decides; shutdownrun.c carries one
 * method to a list of providers on worker threads, with deadlines; report.c tells what happened.
 *
 * A run is one round of calls, a job one provider in it. Runs are counted: a worker that hangs in a
 * provider holds the run it serves, so that the caller can go on without it.
 */

#ifndef MAPI32_SHUTDOWN_H
#define MAPI32_SHUTDOWN_H

#include "session/session.h"

enum shutdown_phase
{
    PHASE_QUERY,
    PHASE_NOTIFY,
    PHASE_DO,
    PHASE_COUNT
};

enum shutdown_outcome
{
    OUTCOME_NONE,               /* was not called, or not yet */
    OUTCOME_RUNNING,            /* called, and no answer by its deadline */
    OUTCOME_ANSWERED,
    OUTCOME_LATE,               /* answered, but after its deadline */
    OUTCOME_CRASHED,
    OUTCOME_BROKEN,             /* crashed earlier in its life: not called */
    OUTCOME_NO_INTERFACE,
    OUTCOME_DUPLICATE           /* another provider of the session, which was called, is the same */
};

/* What the report says of one provider. */
struct shutdown_answer
{
    enum shutdown_outcome outcome;
    HRESULT hr;
    LONGLONG ticks;             /* of the performance counter */
    BOOL reached;               /* it has the interface, so that the method itself was called */
};

struct shutdown_row
{
    ULONG session;              /* 1 for the oldest of the process */
    WCHAR *profile;
    enum provider_kind kind;
    WCHAR *dll;
    BOOL has_interface;
    BOOL old;                   /* taken through its IMAPIClientShutdown */
    struct shutdown_answer answers[PHASE_COUNT];
};

/* ---- shutdownrun.c ---- */

struct job
{
    ULONG row;                  /* of the report */
    ULONG session;              /* as in the row: what is called once, is called once a session */
    struct provider *provider;  /* counted until the job is over, then NULL */
    IMAPIProviderShutdown *object;      /* NULL: to be asked for first */
    IUnknown *identity;         /* not counted */
    BOOL found;                 /* object came out of this job, which holds a reference to it */
    BOOL old;
    BOOL late;                  /* its deadline passed */
    struct shutdown_answer answer;
    LONGLONG start;
};

struct run
{
    LONG ref;
    enum shutdown_phase phase;
    ULONG count;
    ULONG earlier_limit;        /* ms that a call waits for an earlier one of its provider */
    ULONG next;                 /* the first job not yet taken by a worker */
    ULONG server;               /* number of the worker that may take it; others leave */
    BOOL idle;                  /* that worker has taken and finished everything */
    struct job *current;        /* its job */
    struct job jobs[1];
};

/* Limits of a round, in ms. Past total nobody is waited for any longer, but a provider that was not
 * called yet still is, and gets floor. */
struct run_limits
{
    ULONG call;
    ULONG total;
    ULONG floor;
};

HRESULT run_create(enum shutdown_phase phase, ULONG count, struct run **ret);
void run_release(struct run *run);
/* Calls every job's provider in order. On return each job is over or late. */
void run_execute(struct run *run, const struct run_limits *limits);
/* Lets go of the providers; what a job found out about one is kept in struct provider. */
void run_settle(struct run *run);
/* A consistent look at a job that may be running. */
void run_look(struct run *run, ULONG index, struct shutdown_answer *answer);
/* Waits until no provider is inside a shutdown call any more. */
void run_wait_stragglers(ULONG timeout);
/* Whether this thread is one of the workers: a provider calls back. */
BOOL run_on_worker(void);
/* Runs proc on a worker that has nothing else to do, after delay ms, without waiting for it. Asking
 * again before it began replaces the earlier delay. FALSE when there is no thread to be had. */
BOOL run_background(void (*proc)(void), ULONG delay);

LONGLONG ticks_now(void);
ULONG ticks_to_ms(LONGLONG ticks);

/* ---- report.c ---- */

struct shutdown_report
{
    ULONG policy;
    const char *policy_from;    /* "16.0", "15.0", "14.0" or "default" */
    enum shutdown_phase phase;  /* the last method the client called */
    HRESULT result[PHASE_COUNT];
    BOOL called[PHASE_COUNT];   /* by the client, or by Do on its behalf */
    LONGLONG ticks[PHASE_COUNT];        /* that the whole method took */
    ULONG count;
    struct shutdown_row *rows;
};

/* Traces the report and has it written to its file by a worker, which begins after delay ms; waits
 * at most timeout ms for it. */
void report_publish(const struct shutdown_report *report, ULONG delay, ULONG timeout);

#endif /* MAPI32_SHUTDOWN_H */
